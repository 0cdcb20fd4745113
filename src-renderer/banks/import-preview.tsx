/** What an import would make of a document: counts, operations by tag with their view, hosts, what is not supported. */
import type { ReactNode } from 'react'
import type { ViewName } from '#shared/bank-profile.ts'
import type { ImportPreview } from '#shared/contract/bank-import.ts'
import { MethodName } from '../exchange/method-name.tsx'
import { Badge } from '../ui/badge.tsx'
import { DetailSection } from '../ui/detail-section.tsx'
import { Facts } from '../ui/facts.tsx'
import { Notice } from '../ui/notice.tsx'
import { answer, useBankImport } from './bank-import.ts'
import { count, viewWords } from './banks-words.ts'

/** Rows of one list; the rest is counted. */
const most = 100

function Rest({ of }: { readonly of: number }) {
  return of > most ? <li className="px-2 py-1 text-muted">and {of - most} more</li> : null
}

type Tag = ImportPreview['tags'][number]

function ViewOfTag({ tag, fixed }: { readonly tag: Tag; readonly fixed: boolean }) {
  const { views } = useBankImport().answers
  const view = Object.hasOwn(views, tag.name) ? views[tag.name]! : tag.view
  if (fixed) return <span className="text-muted">{view === null ? 'Requests only' : viewWords[view]}</span>
  return (
    <select
      aria-label={`View of ${tag.name}`}
      value={view ?? ''}
      onChange={({ target: { value } }) =>
        answer({ views: { ...views, [tag.name]: value === '' ? null : (value as ViewName) } })
      }
      className="h-6 w-44 rounded-md border border-line-strong bg-surface px-1"
    >
      <option value="">Requests only</option>
      {Object.entries(viewWords).map(([id, name]) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  )
}

function TagOperations({ tag, fixed }: { readonly tag: Tag; readonly fixed: boolean }) {
  return (
    <li className="relative border-b border-line last:border-b-0">
      <details>
        <summary className="flex h-8 items-center gap-2 px-2 pr-48 -outline-offset-2 hover:bg-raised">
          <span aria-hidden="true" className="w-3 shrink-0 text-xs text-muted in-[details[open]]:rotate-90">
            ▸
          </span>
          <span className="min-w-0 truncate" title={tag.description}>
            {tag.name}
          </span>
          <span className="shrink-0 text-muted">{count(tag.operations.length, 'operation')}</span>
        </summary>
        <ul className="pb-2">
          {tag.operations.slice(0, most).map(({ id, method, path, title }) => (
            <li key={id} className="flex h-6 items-center gap-2 px-7">
              <MethodName method={method} />
              <span className="max-w-1/2 shrink-0 truncate font-mono text-sm">{path}</span>
              <span className="min-w-0 truncate text-muted">{title}</span>
            </li>
          ))}
          <Rest of={tag.operations.length} />
        </ul>
      </details>
      <div className="absolute top-1 right-2 flex h-6 items-center">
        <ViewOfTag tag={tag} fixed={fixed} />
      </div>
    </li>
  )
}

function NotSupported({ notSupported }: Pick<ImportPreview, 'notSupported'>) {
  if (notSupported.length === 0) return <p className="text-muted">Everything in the document is supported.</p>
  return (
    <ul aria-label="Not supported" className="rounded-md border border-line">
      {notSupported.slice(0, most).map(({ place, what, effect }) => (
        <li key={`${place} ${what}`} className="border-b border-line px-2 py-1 last:border-b-0">
          <p className="wrap-anywhere">{what}</p>
          <p className="wrap-anywhere text-muted">{effect}</p>
          <p className="font-mono text-sm wrap-anywhere text-muted">{place}</p>
        </li>
      ))}
      <Rest of={notSupported.length} />
    </ul>
  )
}

function factsOf({ counts, servers, securitySchemes }: ImportPreview): readonly (readonly [string, ReactNode])[] {
  const hosts = (
    <ul key="hosts">
      {servers.slice(0, most).map(({ host, environment, url }) => (
        <li key={`${host} ${environment}`} className="wrap-anywhere">
          <span className="font-mono text-sm">{host}</span> <span className="text-muted">in {environment}:</span>{' '}
          {url === '' ? <Badge tone="caution">to fill in</Badge> : <span className="font-mono text-sm">{url}</span>}
        </li>
      ))}
    </ul>
  )
  const security = (
    <ul key="security">
      {securitySchemes.map(({ name, type, note }) => (
        <li key={name} className="wrap-anywhere">
          <span className="font-mono text-sm">{name}</span> ({type}) <span className="text-muted">{note}</span>
        </li>
      ))}
    </ul>
  )
  return [
    [
      'Has',
      [
        count(counts.operations, 'operation'),
        count(counts.tags, 'tag'),
        count(counts.parameters, 'parameter'),
        count(counts.schemas, 'schema'),
        count(counts.examples, 'example'),
        count(counts.errors, 'error row'),
        count(counts.files, 'file'),
      ].join(' · '),
    ],
    ...(servers.length > 0 ? [['Hosts', hosts] as const] : []),
    ...(securitySchemes.length > 0 ? [['Security', security] as const] : []),
  ]
}

export function ImportPreviewParts({ preview }: { readonly preview: ImportPreview }) {
  const { tags, notSupported, warnings, kind } = preview
  return (
    <>
      {warnings.length > 0 && (
        <Notice tone="caution" title={count(warnings.length, 'warning')}>
          <ul className="list-disc pl-4">
            {warnings.slice(0, most).map((warning) => (
              <li key={warning}>{warning}</li>
            ))}
            <Rest of={warnings.length} />
          </ul>
        </Notice>
      )}
      <DetailSection title="What comes of it">
        <Facts facts={factsOf(preview)} />
      </DetailSection>
      <DetailSection title={`Not supported (${notSupported.length})`}>
        <NotSupported notSupported={notSupported} />
      </DetailSection>
      <DetailSection title="Operations by tag">
        <ul aria-label="Operations by tag" className="rounded-md border border-line">
          {tags.map((tag) => (
            <TagOperations key={tag.name} tag={tag} fixed={kind === 'bank-folder'} />
          ))}
        </ul>
      </DetailSection>
    </>
  )
}
