// The second step of signing in: a code.
import { useTranslation } from 'react-i18next';
import { NarrowPage, PostForm, TextField } from '#app/features/accounts/account-parts.tsx';
import { PATHS } from '#app/paths.ts';
import { type EntryView, OtherWays, SubmitButton, WaitNotice } from './entry-parts.tsx';

export function CodePage({
  view,
  result,
}: {
  view: EntryView;
  result: { kind: 'refused' } | { kind: 'wait'; seconds: number } | undefined;
}) {
  const { t } = useTranslation('accounts');
  return (
    <NarrowPage title={t('code.title')} lead={t('code.lead')}>
      <WaitNotice result={result} />
      <PostForm next={view.next}>
        <TextField
          name="code"
          label={t('code.label')}
          autoComplete="one-time-code"
          hint={t('code.hint')}
          fault={result?.kind === 'refused' ? { kind: 'code-wrong' } : null}
        />
        <SubmitButton label={t('code.submit')} />
      </PostForm>
      <OtherWays ways={[{ to: PATHS.signIn, label: t('code.again') }]} />
    </NarrowPage>
  );
}
