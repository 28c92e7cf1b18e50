package coop.vigie.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import org.jdom2.JDOMException;
import org.junit.jupiter.api.Test;

/** What one document does to a reader of XML must not reach the next one. */
class SaxEnginesTest {

    private final SaxEngines engines = new SaxEngines();

    private String text(String xml) throws JDOMException, IOException {
        return engines.build(xml).getRootElement().getText();
    }

    @Test
    void keepsAReaderForTheNext() throws Exception {
        assertEquals("a", text("<rss>a</rss>"));
        assertEquals("b", text("<rss>b</rss>"));

        assertEquals(1, engines.idle());
    }

    /** Each of its names would be remembered for good. */
    @Test
    void keepsNoReaderThatHasReadMuch() throws Exception {
        text("<rss>" + "x".repeat(SaxEngines.READS_AT_MOST) + "</rss>");

        assertEquals(0, engines.idle());
    }

    @Test
    void keepsNoReaderThatHasReadMuch_aLittleAtATime() throws Exception {
        String third = "<rss>" + "x".repeat(SaxEngines.READS_AT_MOST / 3) + "</rss>";
        text(third);
        text(third);
        assertEquals(1, engines.idle());

        text(third);

        assertEquals(0, engines.idle());
    }

    @Test
    void keepsNoReaderThatFailed() {
        assertThrows(JDOMException.class, () -> text("<rss><a></rss>"));

        assertEquals(0, engines.idle());
    }

    @Test
    void readsAsXmlOfItsOwnVersion_whateverCameBefore() throws Exception {
        assertEquals("a\nb", text("<?xml version='1.1'?><rss>a\u0085b</rss>"));

        assertEquals("a\u0085b", text("<rss>a\u0085b</rss>"));
        assertThrows(JDOMException.class, () -> text("<rss>&#1;</rss>"));
    }
}
