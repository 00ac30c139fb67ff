import type { Language } from "../../domain/agreement/kind.ts";
import { bilingual } from "../../words/bilingual.ts";
import { type Html, html } from "../kit/html.ts";

/** What the script has to say, by its own names and by S3's error codes. The words wait in the page, hidden. */
const texts = bilingual({
  da: {
    progress: "Sender filen",
    messages: {
      choose: "Vælg den underskrevne fil først.",
      checking: "Filen er sendt. Vi går til sagen nu.",
      EntityTooLarge: "Filen er for stor. Den må fylde højst 25 MB. Scan i lavere opløsning, og prøv igen.",
      EntityTooSmall: "Filen er tom. Gem aftalen som PDF igen, og prøv igen.",
      AccessDenied: "Tiden til at sende er løbet ud. Genindlæs siden, og prøv igen.",
      closed: "Sagen tager ikke imod flere filer. Gå til sagen, og se hvorfor.",
      limit: "Der er sendt for mange filer i dag. Prøv igen i morgen, eller skriv til os.",
      failed: "Filen blev ikke sendt. Se efter, om I har forbindelse, og prøv igen. Intet er gået tabt.",
    },
  },
  en: {
    progress: "Sending the file",
    messages: {
      choose: "Choose the signed file first.",
      checking: "The file is sent. We go to the case now.",
      EntityTooLarge:
        "The file is too large. It may be 25 MB at most. Scan at a lower resolution and try again.",
      EntityTooSmall: "The file is empty. Save the agreement as a PDF again and try again.",
      AccessDenied: "The time to send has run out. Reload the page and try again.",
      closed: "The case takes no more files. Go to the case to see why.",
      limit: "Too many files were sent today. Try again tomorrow, or write to us.",
      failed: "The file was not sent. See that you are connected and try again. Nothing is lost.",
    },
  },
});

export type UploadMessage = keyof (typeof texts)["da"]["messages"];

export function uploadMessages(language: Language): Html {
  const { progress, messages } = texts[language];
  return html`<div class="o-progress" data-progress hidden><label for="upload-progress">${progress}</label> <progress id="upload-progress" max="100" value="0"></progress></div>
<div aria-live="polite" class="o-upload-answer" data-answer tabindex="-1"></div>
${Object.entries(messages).map(([name, message]) => html`<p hidden data-message="${name}">${message}</p>`)}`;
}
