// Another area of the window, reaching for the first.
import '../keys/store.ts' // no: src-renderer areas: of another area
import './list.ts'
