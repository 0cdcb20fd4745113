/** The checks of a bank folder, by id: first those of its documents by themselves, then those of the bank they make. */

import { accountProblems } from './account-problems.ts'
import { applicationProblems } from './application-problems.ts'
import { assumptionProblems, sourceProblems } from './assumption-problems.ts'
import type { CheckedBank } from './checked-bank.ts'
import { errorRowProblems } from './error-row-problems.ts'
import { exampleProblems } from './example-problems.ts'
import { journeyProblems } from './journey-problems.ts'
import { journeyValueProblems } from './journey-value-problems.ts'
import { lintProblems } from './lint-problems.ts'
import { headerProblems, idProblems, scopeProblems, tagProblems } from './operation-problems.ts'
import type { Problem } from './problem.ts'
import { productProblems } from './product-problems.ts'
import { environmentProblems, namedOperationProblems, statusProblems } from './profile-problems.ts'
import type { FolderFiles } from './read-folder.ts'
import { referenceProblems } from './reference-problems.ts'
import { resourceProblems } from './resource-problems.ts'
import { ruleProblems } from './rule-problems.ts'
import { errorTableShapeProblems, profileShapeProblems } from './shape-problems.ts'

export interface Check<Subject> {
  readonly id: string
  /** What holds when the check finds nothing. */
  readonly promise: string
  readonly problems: (subject: Subject) => Problem[] | Promise<Problem[]>
}

export const documentChecks: readonly Check<FolderFiles>[] = [
  { id: 'profile', promise: 'bank.yaml has the shape of a profile.', problems: profileShapeProblems },
  { id: 'error-table', promise: 'errors.yaml is a list of error rows.', problems: errorTableShapeProblems },
  { id: 'references', promise: 'Every reference leads to something in its own file.', problems: referenceProblems },
]

export const bankChecks: readonly Check<CheckedBank>[] = [
  { id: 'operation-ids', promise: 'Every operation has an id of its own.', problems: idProblems },
  { id: 'operation-tags', promise: 'Every operation has one tag, which is declared.', problems: tagProblems },
  { id: 'operation-scopes', promise: 'Every scope is granted, its ids come from parameters.', problems: scopeProblems },
  { id: 'operation-headers', promise: 'No parameter is a header that OpenAPI ignores.', problems: headerProblems },
  { id: 'examples', promise: 'Every example is valid against its schema.', problems: exampleProblems },
  { id: 'error-rows', promise: 'Every error row agrees with the operations it names.', problems: errorRowProblems },
  { id: 'assumptions', promise: 'Every assumption names what exists, with a reason.', problems: assumptionProblems },
  { id: 'sources', promise: 'Every source is one of the known words.', problems: sourceProblems },
  { id: 'statuses', promise: 'Every status stands once in its vocabulary.', problems: statusProblems },
  { id: 'environments', promise: 'Every environment names known hosts and parameters.', problems: environmentProblems },
  {
    id: 'profile-names',
    promise: 'Registration, access and pages name what exists.',
    problems: namedOperationProblems,
  },
  {
    id: 'resources',
    promise: 'What is created and followed has calls, parameters and statuses that exist.',
    problems: resourceProblems,
  },
  {
    id: 'applications',
    promise: 'What leads through an application has calls, statuses and members that exist.',
    problems: applicationProblems,
  },
  {
    id: 'accounts',
    promise: 'Accounts and funds name calls, parameters and places that exist.',
    problems: accountProblems,
  },
  {
    id: 'products',
    promise: 'Products name calls, parameters and places that exist.',
    problems: productProblems,
  },
  { id: 'rules', promise: 'Every rule names operations, parameters and views there are.', problems: ruleProblems },
  {
    id: 'journeys',
    promise: 'Every journey calls operations with what they take and need.',
    problems: journeyProblems,
  },
  { id: 'journey-values', promise: 'Every value of a journey comes from somewhere.', problems: journeyValueProblems },
  { id: 'lint', promise: 'Redocly finds no errors and no warnings.', problems: ({ files }) => lintProblems(files) },
]
