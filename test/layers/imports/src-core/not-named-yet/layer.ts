// A folder of core that nobody has named an area falls under the strictest rules.
import '../banks/load.ts' // no: src-core mechanisms: no area
import '#core/http/send.ts' // no: src-core mechanisms: no area
import '#main/index.ts' // no: src-core mechanisms: no host
