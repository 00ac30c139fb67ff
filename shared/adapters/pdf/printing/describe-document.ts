import { type PDFDocument, PDFName } from "@cantoo/pdf-lib";

export interface Description {
  title: string;
  /** BCP 47. */
  language: string;
  author: string;
  keywords: readonly string[];
}

/**
 * Says what the document is where programs look: in its information dictionary and, the same, as XMP.
 * No dates: the same agreement is the same bytes whenever it is fetched.
 */
export function describeDocument(pdf: PDFDocument, wish: Description): void {
  const description = { ...wish, title: oneLine(wish.title), author: oneLine(wish.author) };
  pdf.setTitle(description.title, { showInWindowTitleBar: true });
  pdf.setLanguage(description.language);
  pdf.setAuthor(description.author);
  pdf.setKeywords([...description.keywords]);
  pdf.setCreator("OS2aftale");
  pdf.setProducer("OS2aftale");
  const { context, catalog } = pdf;
  const metadata = context.stream(Buffer.from(xmp(description)), { Type: "Metadata", Subtype: "XML" });
  catalog.set(PDFName.of("Metadata"), context.register(metadata));
}

/** Source: ISO 16684-1 (XMP); ISO 14289-1 (PDF/UA-1), clause 5, for the identifier. */
function xmp({ title, language, author, keywords }: Description): string {
  return `<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<pdfuaid:part>1</pdfuaid:part>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">${quoted(title)}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>${quoted(author)}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>${quoted(language)}</rdf:li></rdf:Bag></dc:language>
<pdf:Keywords>${quoted(keywords.join(" "))}</pdf:Keywords>
<pdf:Producer>OS2aftale</pdf:Producer>
<xmp:CreatorTool>OS2aftale</xmp:CreatorTool>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>`;
}

function oneLine(text: string): string {
  return text.toWellFormed().replace(/[\p{Cc}\uFFFE\uFFFF]/gu, " ");
}

function quoted(text: string): string {
  return text.replace(/[<>&"]/g, (letter) => `&#${letter.codePointAt(0)};`);
}
