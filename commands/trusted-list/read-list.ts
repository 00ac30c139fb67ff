import { XMLParser } from "fast-xml-parser";
import * as z from "zod";
import type { AnchorLine } from "../../pdf-evidence/trust/anchor-list.ts";
import { certificateOf, sha256 } from "./verify-list.ts";

const REPEATED = [
  "TrustServiceProvider",
  "TSPService",
  "DigitalId",
  "ServiceHistoryInstance",
  "OtherTSLPointer",
  "ServiceDigitalIdentity",
  "Name",
  "Extension",
  "AdditionalServiceInformation",
];

const parser = new XMLParser({
  removeNSPrefix: true,
  parseTagValue: false,
  ignoreAttributes: true,
  // An entity is never needed in a list, and is how such files are made to explode.
  processEntities: false,
  isArray: (name) => REPEATED.includes(name),
});

const digitalIds = z.object({ DigitalId: z.array(z.object({ X509Certificate: z.string().optional() })) });
const names = z.object({
  Name: z.array(z.union([z.string(), z.record(z.string(), z.unknown()).transform(() => "")])),
});
const status = z.object({ ServiceStatus: z.string(), StatusStartingTime: z.string() });

const serviceInformation = status.extend({
  ServiceTypeIdentifier: z.string(),
  ServiceName: names,
  ServiceDigitalIdentity: z.array(digitalIds),
  ServiceInformationExtensions: z
    .object({
      Extension: z.array(
        z.object({ AdditionalServiceInformation: z.array(z.object({ URI: z.string() })).optional() }),
      ),
    })
    .optional(),
});
const service = z.object({
  ServiceInformation: serviceInformation,
  ServiceHistory: z
    .object({ ServiceHistoryInstance: z.array(status).optional() })
    .or(z.literal(""))
    .optional(),
});
type Service = z.infer<typeof service>;

const nationalList = z.object({
  TrustServiceStatusList: z.object({
    SchemeInformation: z.object({ SchemeTerritory: z.string(), TSLSequenceNumber: z.string() }),
    TrustServiceProviderList: z.object({
      TrustServiceProvider: z.array(z.object({ TSPServices: z.object({ TSPService: z.array(service) }) })),
    }),
  }),
});

const listOfLists = z.object({
  TrustServiceStatusList: z.object({
    SchemeInformation: z.object({
      PointersToOtherTSL: z.object({
        OtherTSLPointer: z.array(
          z.object({
            ServiceDigitalIdentities: z.object({ ServiceDigitalIdentity: z.array(digitalIds) }).optional(),
            AdditionalInformation: z.unknown(),
          }),
        ),
      }),
    }),
  }),
});

/** Who may sign the national list of this territory, by the list of lists: SHA-256 of their certificates. */
export function signersOf(lotl: string, territory: string): Set<string> {
  const { SchemeInformation } = listOfLists.parse(parser.parse(lotl)).TrustServiceStatusList;
  const pointers = SchemeInformation.PointersToOtherTSL.OtherTSLPointer.filter((pointer) =>
    JSON.stringify(pointer.AdditionalInformation).includes(`"SchemeTerritory":"${territory}"`),
  );
  const identities = pointers.flatMap(
    (pointer) => pointer.ServiceDigitalIdentities?.ServiceDigitalIdentity ?? [],
  );
  return new Set(certificatesIn(identities).map((certificate) => sha256(certificate.raw)));
}

const TYPE = "http://uri.etsi.org/TrstSvc/Svctype/";
/** Qualified certificates, and time-stamps qualified or not (ETSI TS 119 612, clause 5.5.1). */
const USES: Readonly<Record<string, AnchorLine["uses"]>> = {
  [`${TYPE}CA/QC`]: ["signature"],
  [`${TYPE}TSA/QTST`]: ["time-stamp"],
  [`${TYPE}TSA`]: ["time-stamp"],
};

/** Before eIDAS (1 July 2016) services were under supervision or accredited; since then they are granted. */
const IN_GOOD_STANDING =
  /\/Svcstatus\/(?:granted|undersupervision|accredited|supervisionincessation|recognisedatnationallevel)$/i;

export interface Review {
  readonly on: string;
  readonly by: string;
}

/** The services of a verified national list as lines of our own, one a certificate and period of trust. */
export function anchorLines(list: string, review: Review): AnchorLine[] {
  const { SchemeInformation, TrustServiceProviderList } = nationalList.parse(
    parser.parse(list),
  ).TrustServiceStatusList;
  const source = `EU trusted list ${SchemeInformation.SchemeTerritory}, number ${SchemeInformation.TSLSequenceNumber}`;
  const services = TrustServiceProviderList.TrustServiceProvider.flatMap(
    (provider) => provider.TSPServices.TSPService,
  );
  return merged(services.flatMap((entry) => linesOf(entry, source, review)));
}

function linesOf(entry: Service, source: string, review: Review): AnchorLine[] {
  const information = entry.ServiceInformation;
  const uses = USES[information.ServiceTypeIdentifier];
  const period = lastGoodPeriod(entry);
  if (uses === undefined || period === undefined || !isForSignatures(entry)) return [];
  return certificatesIn(information.ServiceDigitalIdentity).map((certificate) => ({
    name:
      information.ServiceName.Name.find((name) => name !== "") ?? certificate.subject.replaceAll("\n", ", "),
    sha256: sha256(certificate.raw),
    certificate: certificate.raw.toString("base64"),
    uses,
    source,
    reviewed: { ...review },
    ...period,
  }));
}

/** Some authorities issue for web sites only: they say so, and are none of ours. */
function isForSignatures(entry: Service): boolean {
  const extensions = entry.ServiceInformation.ServiceInformationExtensions?.Extension ?? [];
  const purposes = extensions
    .flatMap((extension) => extension.AdditionalServiceInformation ?? [])
    .map(({ URI }) => URI)
    .filter((uri) => /\/For\w+$/.test(uri));
  return purposes.length === 0 || purposes.some((uri) => /\/Fore(?:Signatures|Seals)$/.test(uri));
}

/** From when to when the service was last in good standing, in days; without an end where it still is. */
function lastGoodPeriod(entry: Service): Pick<AnchorLine, "trustedFrom" | "trustedUntil"> | undefined {
  const history = entry.ServiceHistory === "" ? [] : (entry.ServiceHistory?.ServiceHistoryInstance ?? []);
  const statuses = [...history, entry.ServiceInformation].sort((a, b) =>
    a.StatusStartingTime.localeCompare(b.StatusStartingTime),
  );
  let period: { trustedFrom: string; trustedUntil?: string } | undefined;
  for (const { ServiceStatus, StatusStartingTime } of statuses) {
    const day = StatusStartingTime.slice(0, 10);
    if (IN_GOOD_STANDING.test(ServiceStatus)) {
      if (period === undefined || period.trustedUntil !== undefined) period = { trustedFrom: day };
    } else if (period !== undefined && period.trustedUntil === undefined)
      period = { ...period, trustedUntil: day };
  }
  return period;
}

/** A certificate that stands for two services is one line with both uses, when the period is the same. */
function merged(lines: readonly AnchorLine[]): AnchorLine[] {
  const known = new Map<string, AnchorLine>();
  for (const line of lines) {
    const key = [line.sha256, line.trustedFrom, line.trustedUntil].join(" ");
    const other = known.get(key);
    known.set(key, other ? { ...other, uses: [...new Set([...other.uses, ...line.uses])] } : line);
  }
  return [...known.values()];
}

function certificatesIn(identities: readonly z.infer<typeof digitalIds>[]) {
  return identities
    .flatMap((identity) => identity.DigitalId)
    .flatMap((id) => (id.X509Certificate === undefined ? [] : [certificateOf(id.X509Certificate)]))
    .filter((certificate) => certificate !== undefined);
}
