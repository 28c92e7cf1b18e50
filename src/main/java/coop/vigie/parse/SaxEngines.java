package coop.vigie.parse;

import java.io.IOException;
import java.io.StringReader;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jdom2.Document;
import org.jdom2.JDOMException;
import org.jdom2.input.SAXBuilder;
import org.jdom2.input.sax.SAXEngine;
import org.jdom2.input.sax.XMLReaderJDOMFactory;
import org.jdom2.input.sax.XMLReaders;

/**
 * Readers of XML, kept for the next document: making one takes a fourth of reading a small feed. As many as ever read at the same
 * time; one that failed is not used again. Thread-safe.
 */
final class SaxEngines {

    /**
     * A reader remembers every name that it has met: twelve bytes for each character, at worst. After so many characters another one
     * is made, and what a document of endless names costs is given back.
     */
    static final int READS_AT_MOST = 500_000;

    private static final XMLReaderJDOMFactory READERS = new SafeReaders();

    private record Idle(SAXEngine engine, int read) {}

    private final Queue<Idle> idle = new ConcurrentLinkedQueue<>();

    /** @throws JDOMException if it is not well-formed */
    Document build(String xml) throws JDOMException, IOException {
        Idle kept = idle.poll();
        Idle used = kept == null ? new Idle(engine(), 0) : kept;
        Document document = used.engine().build(new StringReader(xml));
        long read = (long) used.read() + xml.length();
        if (read <= READS_AT_MOST) {
            idle.add(new Idle(used.engine(), (int) read));
        }
        return document;
    }

    /** How many wait for a document. */
    int idle() {
        return idle.size();
    }

    private static SAXEngine engine() throws JDOMException {
        var builder = new SAXBuilder(XMLReaders.NONVALIDATING);
        builder.setXMLReaderFactory(READERS);
        builder.setExpandEntities(false);
        return builder.buildEngine();
    }
}
