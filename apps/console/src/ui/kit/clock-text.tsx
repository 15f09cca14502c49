'use client';
import { useLocale } from 'use-intl';
import { useIsClient } from './is-client.ts';
import { useNow } from './now.ts';

/** A moment in the reader's time zone: the hour today, the date before. The server does not know the zone. */
export function ClockText({ iso, seconds = false }: { iso: string; seconds?: boolean }) {
  const locale = useLocale();
  const isClient = useIsClient();
  const nowMs = useNow(60_000);
  if (!isClient) return <time dateTime={iso}>--:--</time>;
  const at = new Date(iso);
  const today = at.toDateString() === new Date(nowMs).toDateString();
  const clock = { hour: '2-digit', minute: '2-digit', hour12: false } as const;
  const format = new Intl.DateTimeFormat(locale, {
    ...clock,
    ...(seconds ? { second: '2-digit' } : {}),
    ...(today ? {} : { day: 'numeric', month: 'short' }),
  });
  return (
    <time
      dateTime={iso}
      title={new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'long' }).format(at)}
    >
      {format.format(at)}
    </time>
  );
}
