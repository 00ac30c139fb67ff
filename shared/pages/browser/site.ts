import { sendFile } from "./upload.ts";

/** After a refused form the reader lands on the list of what to mend. */
document.querySelector<HTMLElement>("[data-error-summary]")?.focus();

const form = document.querySelector<HTMLFormElement>("form[data-upload]");
if (form) sendFile(form);
