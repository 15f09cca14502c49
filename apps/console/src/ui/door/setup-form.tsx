'use client';
import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { PASSWORD_LENGTH } from '../../api/new-administrator.ts';
import { useTRPC } from '../../trpc/client.ts';
import { Field } from '../kit/field.tsx';
import { useSaid } from '../kit/said.ts';
import { type SignInResult, signIn } from '../shell/session.ts';
import { DoorForm } from './door-form.tsx';
import { useSignInFailure } from './sign-in-form.tsx';

const fields = ['name', 'email', 'password', 'again'] as const;
const min = String(PASSWORD_LENGTH.min);
type Entries = Record<(typeof fields)[number], string>;

/** The first run: creates the administrator, and signs them in. */
export function SetupForm() {
  const t = useTranslations('door');
  const said = useSaid();
  const router = useRouter();
  const trpc = useTRPC();
  const create = useMutation(trpc.setup.createAdministrator.mutationOptions());
  const [entries, setEntries] = useState<Entries>({ name: '', email: '', password: '', again: '' });
  const [asked, setAsked] = useState(false);
  const [signedIn, setSignedIn] = useState<SignInResult | null>(null);
  const signInFailure = useSignInFailure(signedIn);
  const short = entries.password.length < PASSWORD_LENGTH.min;
  const differ = entries.password !== entries.again;

  const submit = async () => {
    setAsked(true);
    if (short || differ) return;
    const { again: _, ...administrator } = entries;
    try {
      await create.mutateAsync(administrator);
    } catch {
      return; // It is in create.error, and shown.
    }
    const answer = await signIn(entries.email, entries.password);
    setSignedIn(answer);
    if (answer === 'ok') router.replace('/');
  };

  const field = (name: keyof Entries, extra: { wrong: string | null; hint?: string }) => {
    const secret = name === 'password' || name === 'again';
    return (
      <Field label={t(name === 'again' ? 'passwordAgain' : name)} {...extra}>
        {(control) => (
          <input
            {...control}
            type={secret ? 'password' : name === 'email' ? 'email' : 'text'}
            name={name}
            autoComplete={secret ? 'new-password' : name === 'email' ? 'username' : 'name'}
            required
            maxLength={secret ? PASSWORD_LENGTH.max : 100}
            value={entries[name]}
            onChange={(event) => setEntries({ ...entries, [name]: event.target.value })}
          />
        )}
      </Field>
    );
  };

  return (
    <DoorForm
      title={t('setupTitle')}
      text={t('setupText')}
      failure={create.error ? t('failed', { message: said(create.error) }) : signInFailure}
      busy={create.isPending || signedIn === 'ok'}
      submit={t('create')}
      onSubmit={() => void submit()}
    >
      {field('name', { wrong: null })}
      {field('email', { wrong: null })}
      {field('password', {
        wrong: asked && short ? t('passwordShort', { min }) : null,
        hint: t('passwordHint', { min }),
      })}
      {field('again', { wrong: asked && differ ? t('passwordsDiffer') : null })}
    </DoorForm>
  );
}
