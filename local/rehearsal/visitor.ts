import * as z from "zod";

const mail = z.object({
  id: z.string(),
  to: z.array(z.string()),
  subject: z.string(),
  text: z.string(),
  html: z.string(),
  at: z.union([z.string(), z.number()]),
});
export type MailSeen = z.output<typeof mail>;

const opened = z.object({
  agreementId: z.string(),
  caseNumber: z.string(),
  statusUrl: z.string(),
  upload: z.object({ url: z.string(), fields: z.record(z.string(), z.string()) }),
});
export type OpenedCase = z.output<typeof opened>;

const status = z.looseObject({ status: z.string(), nextActor: z.string() });
const execution = z.object({ name: z.string(), status: z.string(), currentStates: z.array(z.string()) });

export interface Applicant {
  kind: "member" | "partner";
  name: string;
  cvr: string;
  gln?: string;
  email: string;
}

/** Everybody outside: applicants, secretaries and the chair, with nothing but HTTP and their mailboxes. */
export class Visitor {
  readonly #base: string;

  /** @param base the running system's address, as http://127.0.0.1:3000 */
  constructor(base: string) {
    this.#base = base;
  }

  async apply({ kind, name, cvr, gln, email }: Applicant): Promise<OpenedCase> {
    const response = await fetch(`${this.#base}/api/agreements`, {
      headers: { "content-type": "application/json" },
      method: "POST",
      body: JSON.stringify({
        kind,
        organisation: { name, cvr, ...(gln && { gln }) },
        signer: { name: "Anna Eksempel", title: "Direktør", hasAuthority: true },
        contact: { name: "Bo Prøve", email },
        language: "da",
      }),
    });
    if (response.status !== 201)
      throw new Error(`the application was answered ${response.status}: ${await response.text()}`);
    return opened.parse(await response.json());
  }

  /**
   * Follows the link in the newest mail that asks an address to confirm, as a person does: looks, then confirms.
   * Answers the case's page, or nothing while no such mail is there.
   */
  async confirm(email: string, caseNumber = ""): Promise<string | undefined> {
    const asking = (await this.mails(email)).findLast(
      ({ subject, text }) => subject.includes(caseNumber) && text.includes("/confirmations/"),
    );
    const link = asking && /^https?:\S+\/confirmations\/\S+$/m.exec(asking.text)?.[0];
    if (!link) return undefined;
    const shown = await fetch(link);
    await shown.arrayBuffer();
    const response = await fetch(link, { method: "POST", redirect: "manual" });
    await response.arrayBuffer();
    const page = response.headers.get("location");
    return response.status === 303 && page ? new URL(page, this.#base).href : undefined;
  }

  /** Sends a file as the form does; answers S3's status. */
  async send({ url, fields }: OpenedCase["upload"], bytes: Uint8Array): Promise<number> {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    form.set("file", new Blob([Uint8Array.from(bytes)], { type: "application/pdf" }), "aftale.pdf");
    const response = await fetch(url, { method: "POST", body: form });
    await response.arrayBuffer();
    return response.status;
  }

  /** Asks for a new policy from the status page. */
  async sendAgain(statusUrl: string, bytes: Uint8Array): Promise<number> {
    const response = await fetch(`${statusUrl}/uploads`, { method: "POST" });
    return this.send(z.object({ upload: opened.shape.upload }).parse(await response.json()).upload, bytes);
  }

  async status(statusUrl: string): Promise<z.output<typeof status>> {
    return status.parse(await (await fetch(statusUrl, { headers: { accept: "application/json" } })).json());
  }

  async mails(to?: string): Promise<MailSeen[]> {
    const all = z.array(mail).parse(await (await fetch(`${this.#base}/_local/mail`)).json());
    return to === undefined ? all : all.filter((seen) => seen.to.some((address) => address.includes(to)));
  }

  async executions(): Promise<z.output<typeof execution>[]> {
    return z.array(execution).parse(await (await fetch(`${this.#base}/_local/executions`)).json());
  }

  /** The newest mail to somebody that asks for a decision on a case: its link and code. */
  async askOf(to: string, caseNumber = ""): Promise<{ link: string; caseCode: string } | undefined> {
    const asking = (await this.mails(to)).findLast(
      ({ subject, text }) => subject.includes(caseNumber) && text.includes("/decisions/"),
    );
    const link = asking && /^https?:\S+\/decisions\/\S+$/m.exec(asking.text)?.[0];
    const caseCode = asking && /^Sagskode: (\d{4})$/m.exec(asking.text)?.[1];
    return link && caseCode ? { link, caseCode } : undefined;
  }

  /** Decides by the newest mail; answers the status, or nothing when nobody has asked. */
  async decide(to: string, decision: string, reason = "", caseNumber = ""): Promise<number | undefined> {
    const ask = await this.askOf(to, caseNumber);
    return ask && this.#post(ask.link, { decision, reason, caseCode: ask.caseCode });
  }

  /** The links of all tasks that were mailed to somebody. */
  async tasksOf(to: string): Promise<string[]> {
    return (await this.mails(to)).flatMap(({ text }) => text.match(/^https?:\S+\/tasks\/\S+$/m) ?? []);
  }

  /** Settles a task with the code of the mail its link stands in; answers the status. */
  async resolve(taskLink: string, resolution: string, reason = ""): Promise<number> {
    const mail = (await this.mails()).find(({ text }) => text.includes(taskLink));
    const caseCode = /^Sagskode: (\d{4})$/m.exec(mail?.text ?? "")?.[1] ?? "";
    return this.#post(taskLink, { resolution, caseCode, reason });
  }

  async #post(link: string, form: Record<string, string>): Promise<number> {
    const response = await fetch(link, {
      method: "POST",
      redirect: "manual",
      body: new URLSearchParams(form),
    });
    await response.arrayBuffer();
    return response.status;
  }

  /** Moves the clock and answers when everything due until then has run. */
  async pass(duration: string): Promise<void> {
    const response = await fetch(`${this.#base}/_local/clock`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ advance: duration }),
    });
    if (!response.ok) throw new Error(`the clock answered ${response.status}: ${await response.text()}`);
  }
}
