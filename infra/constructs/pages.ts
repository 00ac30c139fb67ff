import { Construct } from "constructs";
import type { StatefulStack } from "../stacks/stateful-stack.ts";
import type { AppContext } from "./app-context.ts";
import { AppFunction, type AppFunctionProps } from "./app-function.ts";
import type { Outbox } from "./outbox.ts";
import type { WebApi } from "./web-api.ts";

interface PagesProps {
  context: AppContext;
  data: StatefulStack;
  outbox: Outbox;
  api: WebApi;
}

/** Every page and post, with its routes. HEAD stands beside GET where mail scanners look: an HTTP API has no HEAD of its own. */
export class Pages extends Construct {
  private readonly context: AppContext;
  private readonly api: WebApi;

  constructor(scope: Construct, id: string, { context, data, outbox, api }: PagesProps) {
    super(scope, id);
    this.context = context;
    this.api = api;
    this.publicPages(data);
    this.applying(data, outbox);
    this.following(data, outbox);
    this.deciding(data, outbox);
    this.resolving(data, outbox);
  }

  private publicPages({ register }: StatefulStack): void {
    const front = this.page("show-public-page", "Nobody can open the front page or the form.", [
      "GET /",
      "HEAD /",
      "GET /agreements/new",
      "GET /privacy",
      "GET /accessibility",
      // Whatever else is asked for gets a page that says what to do, not the gateway's own JSON.
      "ANY /{proxy+}",
    ]);
    register.letRead(front);
    this.page("serve-asset", "Pages come without styles, icons and fonts.", ["GET /assets/{file}"]);
  }

  private applying({ register, linkKeys, documents }: StatefulStack, outbox: Outbox): void {
    const submit = this.page(
      "submit-application",
      "Nobody can apply.",
      ["POST /agreements", "POST /api/agreements"],
      { environment: this.limits() },
    );
    register.letWrite(submit);
    linkKeys.letRead(submit);
    documents.letOfferUpload(submit);
    outbox.letDrive(submit);

    const offer = this.page(
      "offer-upload",
      "Nobody can send an agreement in.",
      ["GET /agreements/{key}/upload", "POST /agreements/{key}/uploads"],
      { environment: this.limits() },
    );
    register.letWrite(offer);
    linkKeys.letRead(offer);
    documents.letOfferUpload(offer);

    const agreement = this.page("offer-agreement", "Nobody can download the agreement to sign.", [
      "GET /agreements/{key}/agreement.pdf",
    ]);
    register.letRead(agreement);
    linkKeys.letRead(agreement);
  }

  private following({ register, linkKeys }: StatefulStack, outbox: Outbox): void {
    const show = this.page("show-case", "Applicants cannot see how their case stands.", [
      "GET /agreements/{key}",
    ]);
    register.letRead(show);
    linkKeys.letRead(show);

    const withdraw = this.page("withdraw-application", "Applicants cannot withdraw.", [
      "POST /agreements/{key}/withdraw",
    ]);
    register.letWrite(withdraw);
    linkKeys.letRead(withdraw);
    outbox.letDrive(withdraw);
  }

  private deciding({ register, linkKeys, documents }: StatefulStack, outbox: Outbox): void {
    const show = this.page("show-decision", "Nobody can open the page where an agreement is decided.", [
      "GET /decisions/{token}",
      "HEAD /decisions/{token}",
    ]);
    register.letRead(show);
    linkKeys.letRead(show);

    const record = this.page("record-decision", "Nobody can decide.", ["POST /decisions/{token}"], {
      environment: this.limits(),
    });
    register.letWrite(record);
    linkKeys.letRead(record);
    outbox.letDrive(record);

    const document = this.page("show-document", "Nobody can open the document that is to be decided on.", [
      "GET /decisions/{token}/document",
      "GET /decisions/{token}/page-1.png",
      "GET /agreements/{key}/document",
    ]);
    register.letRead(document);
    linkKeys.letRead(document);
    documents.letReadIncoming(document);
    documents.letReadArchive(document);

    const renew = this.page(
      "renew-decision-link",
      "Whoever has an expired link cannot get a new one.",
      ["POST /decisions/{token}/renew"],
      { environment: this.limits() },
    );
    register.letWrite(renew);
    linkKeys.letRead(renew);
    outbox.letDrive(renew);
  }

  private resolving({ register, linkKeys }: StatefulStack, outbox: Outbox): void {
    const show = this.page("show-task", "The secretariat cannot open a task.", [
      "GET /tasks/{token}",
      "HEAD /tasks/{token}",
    ]);
    register.letRead(show);
    linkKeys.letRead(show);

    const resolve = this.page("resolve-task", "Held cases cannot be set going again.", [
      "POST /tasks/{token}",
    ]);
    register.letWrite(resolve);
    linkKeys.letRead(resolve);
    outbox.letDrive(resolve);
  }

  private page(
    name: string,
    failureImpact: string,
    routes: readonly string[],
    props: Partial<AppFunctionProps> = {},
  ): AppFunction {
    const fn = new AppFunction(this, name, this.context, { failureImpact, runbook: name, ...props });
    fn.alarm.also(this.context.alarms.metric("requestFailed", name));
    this.api.answer(fn, routes);
    return fn;
  }

  private limits(): Record<string, string> {
    return { LIMITS: JSON.stringify(this.context.settings.limits) };
  }
}
