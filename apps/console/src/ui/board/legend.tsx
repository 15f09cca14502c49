'use client';
import { useTranslations } from 'use-intl';
import { useBoardFigures } from './board-figures.tsx';

/** What the lines mean; only the ways of replying that are drawn. */
export function Legend() {
  const t = useTranslations('board');
  const methods = useTranslations('method');
  const { wires } = useBoardFigures();
  const ways = (['masq', 'gate', 'ipip'] as const).filter((method) =>
    wires.some((wire) => wire.kind === 'reply' && wire.method === method),
  );
  if (wires.length === 0) return null;
  return (
    <div className="flex items-center gap-[18px] rounded bg-panel/85 text-[11.5px] text-ink-2">
      <span>
        <Line color="var(--request)" />
        {t('legendRequests')}
      </span>
      {ways.map((method) => (
        <span key={method}>
          <Line color={method === 'masq' ? 'var(--nat)' : 'var(--dr)'} dashed />
          {t('legendReplies', { method: methods(method) })}
        </span>
      ))}
      <span>{t('legendWidth')}</span>
    </div>
  );
}

function Line({ color, dashed = false }: { color: string; dashed?: boolean }) {
  return (
    <svg width="24" height="4" aria-hidden className="mr-1.5 inline-block align-middle">
      <path d="M1 2H23" stroke={color} strokeWidth="2.5" strokeDasharray={dashed ? '6 4' : undefined} />
    </svg>
  );
}
