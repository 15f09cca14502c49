'use client';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { Toaster } from 'sonner';
import { IntlProvider, type AppConfig } from 'use-intl';
import type { Locale } from '../../messages/locale-names.ts';
import type { Messages } from '../../messages/messages.ts';
import { browserClient, TRPCProvider } from '../../trpc/client.ts';
import { ThemeContext } from './preferences.ts';
import type { Theme } from './theme.ts';

interface ProvidersProps {
  readonly locale: Locale;
  readonly messages: Messages;
  readonly theme: Theme;
  readonly children: ReactNode;
}

/** What is stale is told by the live stream, not guessed by time or by focus. */
const newQueryClient = () =>
  new QueryClient({
    defaultOptions: {
      queries: { staleTime: Number.POSITIVE_INFINITY, refetchOnWindowFocus: false, retry: 1 },
      mutations: { retry: false },
    },
  });

export function Providers({ locale, messages, theme, children }: ProvidersProps) {
  const [queryClient] = useState(newQueryClient);
  const [client] = useState(browserClient);
  return (
    // Times are written by ClockText in the reader's zone; this one is for nobody, and keeps the library quiet.
    // The config holds English's literal texts, for the arguments in them; other languages have the same keys.
    <IntlProvider locale={locale} messages={messages as AppConfig['Messages']} timeZone="UTC">
      <ThemeContext.Provider value={theme}>
        <QueryClientProvider client={queryClient}>
          <TRPCProvider trpcClient={client} queryClient={queryClient}>
            {children}
            <Toaster position="bottom-center" theme={theme} offset={18} />
          </TRPCProvider>
        </QueryClientProvider>
      </ThemeContext.Provider>
    </IntlProvider>
  );
}
