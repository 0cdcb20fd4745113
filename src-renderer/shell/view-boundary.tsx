/** Keeps a mistake of one view from taking the window with it. */
import { Component, type ReactNode } from 'react'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/notice.tsx'

export class ViewBoundary extends Component<{ readonly children: ReactNode }, { readonly broken: boolean }> {
  override state = { broken: false }

  static getDerivedStateFromError() {
    return { broken: true }
  }

  override render() {
    if (!this.state.broken) return this.props.children
    return (
      <EmptyState
        title="This view has stopped"
        action={<Button onClick={() => this.setState({ broken: false })}>Show it again</Button>}
      >
        The workbench made a mistake here. Nothing you sent or kept is lost; the other views work.
      </EmptyState>
    )
  }
}
