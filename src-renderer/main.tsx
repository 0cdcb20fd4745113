/** The window's first lines: connect, take up what was kept, show the shell. */
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import './ui/tokens.css'
import { connect } from './api.ts'
import { App } from './app.tsx'
import { rememberAcrossReloads } from './app-state.ts'
import { follow } from './live-data.ts'
import { tellOfPerson } from './person.ts'
import { noteCustomerMoments } from './sequence/customer-moments.ts'

connect()
void rememberAcrossReloads()
void follow()
noteCustomerMoments()
tellOfPerson()

const root = document.getElementById('root')
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  )
}
