/** What is kept where, and what leaves the machine. */
import { Facts } from '../ui/facts.tsx'
import { Section } from '../ui/section.tsx'

export function SettingsAbout() {
  return (
    <Section title="What is kept where">
      <Facts
        facts={[
          ['Private keys, tokens', 'In the key store. The window never sees them; a private key cannot be exported.'],
          ['Certificates', 'In the data folder, readable: they are public.'],
          ['History', 'In the data folder (history.sqlite), with secrets redacted as it was written.'],
          ['This window', 'View, choices and drafts, in the data folder; the browser keeps nothing.'],
          ['Local sandbox', 'Its keys, customers and state, in a folder of its own inside the data folder.'],
        ]}
      />
      <p className="max-w-prose">
        Nothing leaves this machine but the calls you send to a bank: no account, no telemetry, no look for updates.
      </p>
    </Section>
  )
}
