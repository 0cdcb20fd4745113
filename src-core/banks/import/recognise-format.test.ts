/** What people have instead of OpenAPI 3.0 or 3.1 is called by its name, with the way to get there. */
import { describe, expect, it } from 'vitest'
import { createBudget } from './json-tree.ts'
import { readDocument } from './read-document.ts'
import { recogniseOpenapi } from './recognise-format.ts'

const recognise = (text: string, path = 'file.yaml') =>
  recogniseOpenapi(path, readDocument({ path, text }, createBudget()))

it.each([
  ['openapi: 3.0.3', '3.0'],
  ['openapi: "3.0.0"', '3.0'],
  ['openapi: 3.0', '3.0'],
  ['openapi: 3.1', '3.1'],
  ['{"openapi":"3.1.1"}', '3.1'],
])('%s is read as %s', (text, version) => expect(recognise(text)).toBe(version))

describe('everything else', () => {
  it.each([
    ['swagger: "2.0"', 'Swagger 2.0', 'Convert it to OpenAPI 3'],
    ['openapi: 3.2.0', 'OpenAPI 3.2.0 is not read', '3.0 or 3.1'],
    ['openapi: 4.0.0', 'OpenAPI 4.0.0 is not read', '3.0 or 3.1'],
    ['openapi: [3]', 'no OpenAPI document', 'openapi:'],
    ['{"info":{"_postman_id":"x","schema":"https://schema.getpostman.com/c.json"},"item":[]}', 'Postman', 'Export'],
    ['{"log":{"version":"1.2","entries":[]}}', 'HAR', 'OpenAPI'],
    ['{"_type":"export","resources":[]}', 'Insomnia', 'OpenAPI'],
    ['asyncapi: 3.0.0', 'AsyncAPI', 'OpenAPI'],
    ['arazzo: 1.0.1', 'Arazzo', 'sourceDescriptions'],
    ['hosts: {}\nenvironments: []\nsigning: {}', "a bank's profile", 'folder'],
    ['<?xml version="1.0"?>\n<wsdl:definitions name="x">', 'WSDL', 'OpenAPI'],
    ['<!DOCTYPE html><html>', 'HTML page', 'raw'],
    ['<api/>', 'XML or HTML', 'raw'],
    ['#%RAML 1.0\ntitle: x', 'RAML', 'OpenAPI'],
    ['%PDF-1.7', 'PDF', 'raw'],
    ['PK\u0003\u0004 and so on', 'ZIP', 'Unpack'],
    ['- a list', 'no object', 'raw'],
    ['just words', 'no object', 'raw'],
    ['title: something', 'the key "openapi" is missing', 'openapi:'],
  ])('%s', (text, what, remedy) => {
    expect(() => recognise(text)).toThrow(
      expect.objectContaining({ code: 'IMPORT_REFUSED', details: expect.objectContaining({ file: 'file.yaml' }) }),
    )
    expect(() => recognise(text)).toThrow(what)
    expect(() => recognise(text)).toThrow(remedy)
  })
})
