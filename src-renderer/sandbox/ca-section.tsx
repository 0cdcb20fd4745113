/** The CA of the server certificates, for other programs: its file, or a copy of it. */
import { api } from '../api.ts'
import { Button } from '../ui/button.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { Section } from '../ui/section.tsx'
import { useLoaded } from '../ui/use-loaded.ts'
import { saveText } from './save-text.ts'

export function CaSection({ attached }: { readonly attached: string | null }) {
  const { value, fault } = useLoaded(attached ?? 'own', () => api.sandbox.ca())
  const name = attached === null ? 'sandbox-server-ca.pem' : `sandbox-server-ca-${new URL(attached).hostname}.pem`
  return (
    <Section
      title="CA to trust"
      trailing={
        value !== null && (
          <>
            <CopyButton text={value.path} label="Copy path" />
            <CopyButton text={value.pem} label="Copy PEM" />
            <Button onClick={() => saveText(name, value.pem, 'application/x-pem-file')}>Save as a file</Button>
          </>
        )
      }
    >
      <FaultNotice fault={fault} title="The CA cannot be read" />
      <p className="min-h-4 font-mono text-sm wrap-anywhere">{value?.path}</p>
      <p className="text-muted">
        It signed the server certificates of all these banks. The workbench trusts it for the local sandbox and nowhere
        else; other programs need it: <code className="font-mono text-sm">curl --cacert</code>.
      </p>
    </Section>
  )
}
