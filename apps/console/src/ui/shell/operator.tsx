'use client';
import { createContext, type ReactNode, useContext } from 'react';
import type { Role } from '../../api/contract.ts';

export interface OperatorView {
  readonly name: string;
  readonly email: string;
  readonly role: Role;
}

const Operator = createContext<OperatorView>({ name: '', email: '', role: 'viewer' });

export function OperatorProvider({ operator, children }: { operator: OperatorView; children: ReactNode }) {
  return <Operator.Provider value={operator}>{children}</Operator.Provider>;
}

/** Who is signed in. */
export const useOperator = (): OperatorView => useContext(Operator);

/** Whether they may draw and apply. The server decides anyway; this keeps away what it would refuse. */
export const useMayEdit = (): boolean => useOperator().role !== 'viewer';
