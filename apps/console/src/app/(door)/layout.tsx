import type { ReactNode } from 'react';
import { DoorFrame } from '../../ui/door/door-frame.tsx';

export default function DoorLayout({ children }: { children: ReactNode }) {
  return <DoorFrame>{children}</DoorFrame>;
}
