import { Construct } from "constructs";
import { ROUTES, type Route } from "../../shared/http/routes.ts";
import type { StatefulStack } from "../stacks/stateful-stack.ts";
import type { AppContext } from "./app-context.ts";
import { AppFunction, type AppFunctionProps } from "./app-function.ts";
import type { WebApi } from "./web-api.ts";

interface PagesProps {
  context: AppContext;
  data: StatefulStack;
  api: WebApi;
}

/** Every page and post, with its routes. */
export class Pages extends Construct {
  private readonly context: AppContext;
  private readonly api: WebApi;

  constructor(scope: Construct, id: string, { context, data, api }: PagesProps) {
    super(scope, id);
    this.context = context;
    this.api = api;
    this.publicPages(data);
    this.applying(data);
    this.following(data);
    this.deciding(data);
    this.resolving(data);
  }

  private publicPages({ register }: StatefulStack): void {
    const front = this.page("show-public-page", "Nobody can open the front page or the form.", [
      ROUTES.front,
      ROUTES.frontHead,
      ROUTES.anythingAtRoot,
      ROUTES.form,
      ROUTES.privacy,
      ROUTES.accessibility,
      ROUTES.anythingElse,
    ]);
    register.letRead(front);
    this.page("serve-asset", "Pages come without styles, icons and fonts.", [ROUTES.asset]);
  }

  private applying({ register, linkKeys, documents }: StatefulStack): void {
    const submit = this.page(
      "submit-application",
      "Nobody can apply.",
      [ROUTES.submitForm, ROUTES.submitJson],
      { environment: this.limits() },
    );
    register.letWrite(submit, "cases", "caseNumbers", "links", "limits", "repeats");
    register.letCheckMembers(submit);
    linkKeys.letRead(submit);
    documents.letOfferUpload(submit);

    const offer = this.page(
      "offer-upload",
      "Nobody can send an agreement in.",
      [ROUTES.uploadPage, ROUTES.uploadPolicy],
      { environment: this.limits() },
    );
    register.letWrite(offer, "limits");
    linkKeys.letRead(offer);
    documents.letOfferUpload(offer);

    const agreement = this.page("offer-agreement", "Nobody can download the agreement to sign.", [
      ROUTES.agreement,
    ]);
    register.letRead(agreement);
    linkKeys.letRead(agreement);
  }

  private following({ register, linkKeys }: StatefulStack): void {
    const show = this.page("show-case", "Applicants cannot see how their case stands.", [ROUTES.status]);
    register.letRead(show);
    linkKeys.letRead(show);

    const ask = this.page("show-confirmation", "Nobody can open the page on which an address is confirmed.", [
      ROUTES.confirmation,
      ROUTES.confirmationHead,
    ]);
    register.letRead(ask);
    linkKeys.letRead(ask);

    const confirm = this.page("confirm-contact", "Applicants cannot confirm, so no new case goes on.", [
      ROUTES.confirm,
      ROUTES.askConfirmationAgain,
    ]);
    register.letWrite(confirm, "cases", "links", "limits");
    register.letCheckMembers(confirm);
    linkKeys.letRead(confirm);

    const again = this.page("prefill-application", "Applicants have to type their details again.", [
      ROUTES.applyAgain,
    ]);
    register.letRead(again);
    linkKeys.letRead(again);

    const withdraw = this.page("withdraw-application", "Applicants cannot withdraw.", [ROUTES.withdraw]);
    register.letWrite(withdraw, "cases");
    linkKeys.letRead(withdraw);
  }

  private deciding({ register, linkKeys, documents }: StatefulStack): void {
    const show = this.page("show-decision", "Nobody can open the page where an agreement is decided.", [
      ROUTES.decision,
      ROUTES.decisionHead,
    ]);
    register.letRead(show);
    linkKeys.letRead(show);

    const record = this.page("record-decision", "Nobody can decide.", [ROUTES.decide], {
      environment: this.limits(),
    });
    register.letWrite(record, "cases", "runs", "limits");
    linkKeys.letRead(record);

    const document = this.page("show-document", "Nobody can open the document that is to be decided on.", [
      ROUTES.decisionDocument,
      ROUTES.decisionPageImage,
      ROUTES.ownDocument,
    ]);
    register.letRead(document);
    linkKeys.letRead(document);
    documents.letReadIncoming(document);
    documents.letReadArchive(document);

    documents.letReadPlans(show);
    documents.letReadPlans(record);
    record.set("RUN_WAIT_MINUTES", String(this.context.settings.runWaitMinutes));
    const act = this.page(
      "act-on-run",
      "Nobody can stop a dues run, or say that its e-invoices are handed over.",
      [ROUTES.stopRun, ROUTES.handedOver],
      { environment: this.limits(), timeoutSeconds: 28 },
    );
    register.letWrite(act, "members", "runs", "limits");
    linkKeys.letRead(act);
    documents.letReadPlans(act);
    const file = this.page("show-run-file", "Nobody can open a dues plan as a spreadsheet.", [
      ROUTES.planFile,
    ]);
    register.letRead(file);
    linkKeys.letRead(file);
    documents.letReadPlans(file);

    const renew = this.page(
      "renew-link",
      "Whoever has an expired or locked link cannot get a new one.",
      [ROUTES.renew, ROUTES.renewTask],
      { environment: this.limits() },
    );
    register.letWrite(renew, "anybodys", "limits");
    linkKeys.letRead(renew);
  }

  private resolving({ register, linkKeys }: StatefulStack): void {
    const show = this.page("show-task", "The secretariat cannot open a task.", [
      ROUTES.task,
      ROUTES.taskHead,
    ]);
    register.letRead(show);
    linkKeys.letRead(show);

    const resolve = this.page("resolve-task", "Held cases cannot be set going again.", [ROUTES.resolveTask], {
      environment: this.limits(),
    });
    register.letWrite(resolve, "anybodys", "invoiceNumbers", "limits");
    linkKeys.letRead(resolve);
  }

  private page(
    name: string,
    failureImpact: string,
    routes: readonly Route[],
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
