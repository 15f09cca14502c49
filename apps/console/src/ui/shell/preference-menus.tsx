'use client';
import { ChevronDown, Moon, Sun, SunMoon } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useLocale, useTranslations } from 'use-intl';
import { locales } from '../../messages/locale-names.ts';
import { Button } from '../kit/button.tsx';
import { Menu, MenuChoice, MenuItem, MenuLabel, MenuLine } from '../kit/menu.tsx';
import { useOperator } from './operator.tsx';
import { usePreferences } from './preferences.ts';
import { signOut } from './session.ts';
import type { Theme } from './theme.ts';

/** Switches between the two languages: its name is the one it switches to, in that language. */
export function LanguageSwitch() {
  const locale = useLocale();
  const { setLocale, changing } = usePreferences();
  const other = locales.find(({ value }) => value !== locale);
  if (!other) return null;
  return (
    <Button
      className="font-normal"
      lang={other.value}
      disabled={changing}
      onClick={() => setLocale(other.value)}
    >
      {other.label}
    </Button>
  );
}

const icons = { light: Sun, dark: Moon, system: SunMoon } as const;

export function ThemeMenu() {
  const t = useTranslations('shell');
  const { theme, setTheme } = usePreferences();
  const Icon = icons[theme];
  const options: { value: Theme; label: string }[] = [
    { value: 'system', label: t('system') },
    { value: 'light', label: t('light') },
    { value: 'dark', label: t('dark') },
  ];
  return (
    <Menu
      trigger={
        <Button aria-label={t('appearance')} className="px-2">
          <Icon className="size-4 text-ink-2" aria-hidden />
        </Button>
      }
    >
      <MenuChoice name={t('appearance')} value={theme} options={options} onChange={setTheme} />
    </Menu>
  );
}

const roles = { viewer: 'roleViewer', operator: 'roleOperator', admin: 'roleAdmin' } as const;

export function AccountMenu() {
  const t = useTranslations('shell');
  const router = useRouter();
  const { name, email, role } = useOperator();
  return (
    <Menu
      trigger={
        <Button className="max-w-44 font-normal max-[720px]:max-w-24" aria-label={t('account', { name })}>
          <span className="truncate">{name}</span>
          <ChevronDown className="size-3.5 shrink-0 text-ink-3" aria-hidden />
        </Button>
      }
    >
      <MenuLabel>
        {email}
        <br />
        {t(roles[role])}
      </MenuLabel>
      <MenuLine />
      <MenuItem onSelect={() => void signOut().then(() => router.replace('/sign-in'))}>
        {t('signOut')}
      </MenuItem>
    </Menu>
  );
}
