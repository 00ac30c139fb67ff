import type { UploadMessage } from "../parts/upload-messages.ts";

interface Policy {
  url: string;
  fields: Record<string, string>;
}

const largest = 26_214_400;

/** Why there is no policy, by our own answer's status. */
const refusals: Record<number, UploadMessage> = { 404: "closed", 409: "closed", 410: "closed", 429: "limit" };

/** Sends the chosen file from the page, with a bar, and puts what S3 says of a refused one in our own words. */
export function sendFile(form: HTMLFormElement): void {
  const input = form.querySelector<HTMLInputElement>("input[type=file]");
  const button = form.querySelector("button");
  const plainNote = form.querySelector<HTMLElement>("[data-plain]");
  if (!input || !button) return;
  if (plainNote) plainNote.hidden = true;
  form.noValidate = true;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const file = input.files?.[0];
    if (!file) return say(form, "choose", input);
    if (file.size > largest) return say(form, "EntityTooLarge", input);
    if (file.size === 0) return say(form, "EntityTooSmall", input);
    button.disabled = true;
    void send(form, file).then((message) => {
      say(form, message);
      if (message === "checking") location.assign(form.dataset["done"] ?? "/");
      else button.disabled = false;
    });
  });
}

async function send(form: HTMLFormElement, file: File): Promise<UploadMessage> {
  try {
    const answer = await fetch(form.dataset["policy"] ?? "", {
      method: "POST",
      headers: { accept: "application/json" },
    });
    if (answer.status !== 201) return refusals[answer.status] ?? "failed";
    const { upload } = (await answer.json()) as { upload: Policy };
    return await post(upload, file, form);
  } catch {
    return "failed";
  }
}

function post(policy: Policy, file: File, form: HTMLFormElement): Promise<UploadMessage> {
  const body = new FormData();
  for (const [name, value] of Object.entries(policy.fields)) body.append(name, value);
  body.append("file", file);
  const progress = form.querySelector<HTMLElement>("[data-progress]");
  const bar = form.querySelector("progress");
  if (progress) progress.hidden = false;
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.upload.addEventListener("progress", (event) => {
      if (bar && event.lengthComputable) bar.value = (100 * event.loaded) / event.total;
    });
    request.addEventListener("loadend", () => {
      if (progress) progress.hidden = true;
      resolve(outcomeOf(request));
    });
    request.open("POST", policy.url);
    request.send(body);
  });
}

function outcomeOf(request: XMLHttpRequest): UploadMessage {
  if (request.status >= 200 && request.status < 300) return "checking";
  const code = /<Code>(\w+)<\/Code>/.exec(request.responseText)?.[1];
  if (code === "EntityTooLarge" || code === "EntityTooSmall") return code;
  return request.status === 403 ? "AccessDenied" : "failed";
}

/** The words are in the page already, in its language. */
function say(form: HTMLFormElement, message: UploadMessage, input?: HTMLElement): void {
  const answer = form.querySelector<HTMLElement>("[data-answer]");
  if (!answer) return;
  const bad = message !== "checking";
  answer.textContent = form.querySelector(`[data-message="${message}"]`)?.textContent ?? "";
  answer.classList.toggle("o-upload-answer--bad", bad);
  if (bad) (input ?? answer).focus();
}
