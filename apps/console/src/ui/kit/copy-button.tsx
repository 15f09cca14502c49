'use client';
import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from './button.tsx';
import { copyText } from './copy-text.ts';

/** Puts text on the clipboard and says so for two seconds. `name` says what is copied, for those who cannot see it. */
export function CopyButton({ text, name }: { text: string; name: string }) {
  const t = useTranslations('common');
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);
  const Icon = copied ? Check : Copy;
  return (
    <Button
      look="quiet"
      size="icon"
      onClick={() => void copyText(text).then(setCopied)}
      aria-label={copied ? t('copied') : t('copyThing', { name })}
    >
      <Icon className="size-3.5" aria-hidden />
    </Button>
  );
}
