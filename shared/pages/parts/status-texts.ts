import { bilingual } from "../../words/bilingual.ts";

/** What the applicant is told of each status. */
export const statusTexts = bilingual({
  da: {
    case: (number: string) => `Sag ${number}`,
    title: (agreement: string, name: string) => `${agreement} for ${name}`,
    statuses: {
      "awaiting-upload": {
        heading: "Send den underskrevne aftale",
        body: (_since: string, deadline: string) =>
          `Hent aftalen, få den underskrevet, og send den som PDF${deadline && ` senest ${deadline}`}.`,
      },
      "under-review": {
        heading: "Vi kontrollerer filen nu. I skal ikke gøre noget",
        body: () => "Det tager normalt under et minut. I får en mail, når der er nyt.",
      },
      rejected: {
        heading: "Vi kan ikke bruge filen. Send en ny",
        body: (_since: string, deadline: string) =>
          `Se hvorfor nedenfor, og hvad I kan gøre${deadline && `. Send den nye fil senest ${deadline}`}.`,
      },
      "awaiting-confirmation": {
        heading: "Bekræft mailadressen, så går sagen videre",
        body: () => "Filen kan læses. Sekretariatet ser på den, når kontaktpersonen har bekræftet.",
      },
      "awaiting-secretariat": {
        heading: "Vi læser jeres aftale nu. I skal ikke gøre noget",
        body: (since: string) =>
          `Sekretariatet har haft sagen siden ${since}. I får en mail, når der er nyt.`,
      },
      "awaiting-chair": {
        heading: "Formanden skal godkende for OS2. I skal ikke gøre noget",
        body: (since: string) =>
          `Sagen har ligget hos formanden siden ${since}. I får en mail, når der er nyt.`,
      },
      approved: {
        heading: "Aftalen er godkendt. I skal ikke gøre noget",
        body: () => "Vi gemmer aftalen og opretter jer nu. I får en velkomstmail om lidt.",
      },
      admitted: {
        heading: "Velkommen i OS2",
        body: (since: string) => `Aftalen er på plads. I har været med siden ${since}.`,
      },
      declined: {
        heading: "Ansøgningen er afvist",
        body: () => "Begrundelsen står nedenfor. I kan søge igen, når I er klar.",
      },
      expired: {
        heading: "Sagen er udløbet",
        body: (since: string) => `Fristen løb ud, og sagen blev lukket ${since}. I kan søge igen.`,
      },
      withdrawn: {
        heading: "I har trukket aftalen tilbage",
        body: (since: string) => `Sagen blev lukket ${since}. I kan søge igen, når I vil.`,
      },
      closed: {
        heading: "Sagen er lukket",
        body: (since: string) => `Vi lukkede sagen ${since} uden at afgøre den.`,
      },
      held: {
        heading: "Et menneske ser på sagen. I skal ikke gøre noget",
        body: (since: string) =>
          `Systemet kunne ikke komme videre alene. Sekretariatet har fået besked ${since}.`,
      },
    },
    checking: {
      heading: "Vi kontrollerer filen nu. Bekræft mailadressen imens",
      body: () => "Det tager normalt under et minut. Genindlæs siden for at se, om filen kan bruges.",
    },
    unconfirmed: {
      heading: "Bekræft mailadressen",
      sent: (address: string, date: string) =>
        `Vi har sendt en mail til ${address}. Brug linket i den senest ${date}. Gør I ikke det, forsvinder sagen.`,
      sentAgain: "Mailen er på vej igen. Se også efter i uønsket post.",
      button: "Send mailen igen",
      wrong: "Er adressen forkert, så træk aftalen tilbage, og søg igen.",
    },
    tooManyFiles:
      "Der er sendt flere filer, end vi tager imod på et døgn. Den sidste, vi tog imod, gælder. Send en ny i morgen, hvis den er forkert.",
    anotherAdmitted:
      "En anden ansøgning for det samme CVR-nummer er optaget. Skriv til os, hvis det er en fejl.",
    returned: {
      heading: "Send aftalen igen",
      body: (_since: string, deadline: string) =>
        `Vi har læst den og bedt om en ny fil. Begrundelsen står nedenfor${deadline && `. Send den nye fil senest ${deadline}`}.`,
    },
    reasonFrom: {
      secretariat: "Sekretariatet skriver",
      chair: "Formanden skriver",
    },
    whyRejected: "Derfor kan vi ikke bruge filen",
    send: "Send aftalen",
    sendAgain: "Send en ny fil",
    applyAgain: "Søg igen med de samme oplysninger",
    progress: "Hvor langt er sagen?",
    sent: "Det har I sendt",
    signer: "Skriver under",
    contact: "Kontaktperson",
    file: "Fil",
    fileText: (size: string, pages: number | undefined) =>
      `PDF, ${size}${!pages ? "" : pages === 1 ? ", 1 side" : `, ${pages} sider`}`,
    wrong: "Er der noget galt?",
    withdraw: "Træk aftalen tilbage",
    withdrawMeaning: "Så lukker vi sagen og læser ikke aftalen. I kan altid søge igen.",
    withdrawButton: "Ja, træk aftalen tilbage",
    write: (address: string) => `Skriv til ${address}`,
    keepLink: "Gem linket til denne side. Kvitteringen har også et.",
  },
  en: {
    case: (number: string) => `Case ${number}`,
    title: (agreement: string, name: string) => `${agreement} for ${name}`,
    statuses: {
      "awaiting-upload": {
        heading: "Send the signed agreement",
        body: (_since: string, deadline: string) =>
          `Download the agreement, have it signed, and send it as a PDF${deadline && ` by ${deadline}`}.`,
      },
      "under-review": {
        heading: "We are checking the file. You need not do anything",
        body: () => "It usually takes less than a minute. You get an email when there is news.",
      },
      rejected: {
        heading: "We can’t use the file. Send a new one",
        body: (_since: string, deadline: string) =>
          `See why below, and what you can do${deadline && `. Send the new file by ${deadline}`}.`,
      },
      "awaiting-confirmation": {
        heading: "Confirm the email address, and the case goes on",
        body: () => "The file can be read. The secretariat looks at it once the contact has confirmed.",
      },
      "awaiting-secretariat": {
        heading: "We are reading your agreement. You need not do anything",
        body: (since: string) =>
          `The secretariat has had the case since ${since}. You get an email when there is news.`,
      },
      "awaiting-chair": {
        heading: "The chair is to approve for OS2. You need not do anything",
        body: (since: string) =>
          `The case has been with the chair since ${since}. You get an email when there is news.`,
      },
      approved: {
        heading: "The agreement is approved. You need not do anything",
        body: () => "We are filing the agreement and registering you. A welcome email follows shortly.",
      },
      admitted: {
        heading: "Welcome to OS2",
        body: (since: string) => `The agreement is in place. You have been with us since ${since}.`,
      },
      declined: {
        heading: "The application is declined",
        body: () => "The reason stands below. You may apply again when you are ready.",
      },
      expired: {
        heading: "The case has expired",
        body: (since: string) =>
          `The deadline passed, and the case was closed on ${since}. You may apply again.`,
      },
      withdrawn: {
        heading: "You have withdrawn the agreement",
        body: (since: string) => `The case was closed on ${since}. You may apply again whenever you like.`,
      },
      closed: {
        heading: "The case is closed",
        body: (since: string) => `We closed the case on ${since} without deciding it.`,
      },
      held: {
        heading: "A person is looking at the case. You need not do anything",
        body: (since: string) =>
          `The system could not go on by itself. The secretariat was told on ${since}.`,
      },
    },
    checking: {
      heading: "We are checking the file. Confirm the email address meanwhile",
      body: () => "It usually takes less than a minute. Reload the page to see whether the file can be used.",
    },
    unconfirmed: {
      heading: "Confirm the email address",
      sent: (address: string, date: string) =>
        `We have sent an email to ${address}. Use the link in it by ${date}. Otherwise the case disappears.`,
      sentAgain: "The email is on its way again. Look among unwanted mail too.",
      button: "Send the email again",
      wrong: "If the address is wrong, withdraw the agreement and apply again.",
    },
    tooManyFiles:
      "More files were sent than we take in a day. The last one that we took counts. Send a new one tomorrow if it is wrong.",
    anotherAdmitted:
      "Another application for the same CVR number is admitted. Write to us if that is a mistake.",
    returned: {
      heading: "Send the agreement again",
      body: (_since: string, deadline: string) =>
        `We have read it and ask for a new file. The reason stands below${deadline && `. Send the new file by ${deadline}`}.`,
    },
    reasonFrom: { secretariat: "The secretariat writes", chair: "The chair writes" },
    whyRejected: "Why we can’t use the file",
    send: "Send the agreement",
    sendAgain: "Send a new file",
    applyAgain: "Apply again with the same details",
    progress: "How far is the case?",
    sent: "What you sent",
    signer: "Signs",
    contact: "Contact",
    file: "File",
    fileText: (size: string, pages: number | undefined) =>
      `PDF, ${size}${!pages ? "" : pages === 1 ? ", 1 page" : `, ${pages} pages`}`,
    wrong: "Is something wrong?",
    withdraw: "Withdraw the agreement",
    withdrawMeaning: "We then close the case and don’t read the agreement. You can always apply again.",
    withdrawButton: "Yes, withdraw the agreement",
    write: (address: string) => `Write to ${address}`,
    keepLink: "Keep the link to this page. The receipt has one too.",
  },
});
