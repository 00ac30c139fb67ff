import java.io.FileInputStream;
import java.io.InputStream;
import java.util.logging.LogManager;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** Says of each file whether it is PDF/UA-1 (ISO 14289-1), and which clauses it breaks; ends with 1 when one does. */
public class PdfUa {
  public static void main(String[] files) throws Exception {
    LogManager.getLogManager().reset();
    VeraGreenfieldFoundryProvider.initialise();
    boolean allCompliant = files.length > 0;
    for (String file : files) allCompliant &= judge(file);
    System.exit(allCompliant ? 0 : 1);
  }

  private static boolean judge(String file) throws Exception {
    try (InputStream bytes = new FileInputStream(file);
        PDFAParser parser = Foundries.defaultInstance().createParser(bytes, PDFAFlavour.PDFUA_1)) {
      ValidationResult result =
          Foundries.defaultInstance().createValidator(PDFAFlavour.PDFUA_1, false).validate(parser);
      String name = file.substring(file.lastIndexOf('/') + 1);
      String verdict = result.isCompliant() ? "  ok     %s is PDF/UA-1 (%d checks)%n" : "  ERROR  %s is not PDF/UA-1 (%d checks)%n";
      System.out.printf(verdict, name, result.getTotalAssertions());
      for (TestAssertion failed : result.getTestAssertions())
        System.out.printf("         %s-%d %s%n", failed.getRuleId().getClause(), failed.getRuleId().getTestNumber(), failed.getMessage());
      return result.isCompliant();
    }
  }
}
