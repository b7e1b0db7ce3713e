import { FieldError, Input, Label, TextField, type TextFieldProps } from 'react-aria-components'

/** One line to fill in, with its name above it. */
export const Field = ({ label, ...rest }: Omit<TextFieldProps, 'className' | 'children'> & { readonly label: string }) => (
  <TextField className="labelled" {...rest}>
    <Label>{label}</Label>
    <Input className="input" />
    <FieldError className="fault" />
  </TextField>
)
