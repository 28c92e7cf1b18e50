package coop.vigie.parse;

import java.io.StringReader;
import java.util.HashSet;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import org.jdom2.JDOMException;
import org.jdom2.input.sax.XMLReaderJDOMFactory;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.XMLReader;
import org.xml.sax.helpers.XMLFilterImpl;

/** Makes XML readers that refuse every DOCTYPE and hundreds of namespaces, and open nothing. */
final class SafeReaders implements XMLReaderJDOMFactory {

    /** Feeds have ten or twenty. */
    static final int MOST_NAMESPACES = 200;

    @Override
    public XMLReader createXMLReader() throws JDOMException {
        try {
            // The JDK's own: looking for others means searching the whole class path, for each document anew.
            SAXParserFactory factory = SAXParserFactory.newDefaultNSInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setXIncludeAware(false);
            XMLReader reader = factory.newSAXParser().getXMLReader();
            // Said to the factory, each of these would make it build a parser to try it on.
            reader.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            reader.setFeature("http://xml.org/sax/features/external-general-entities", false);
            reader.setFeature("http://xml.org/sax/features/external-parameter-entities", false);
            var few = new FewNamespaces(reader);
            few.setEntityResolver((publicId, systemId) -> new InputSource(new StringReader("")));
            return few;
        } catch (ParserConfigurationException | SAXException e) {
            throw new JDOMException("This Java cannot make a safe XML reader.", e);
        }
    }

    @Override
    public boolean isValidating() {
        return false;
    }

    /** JDOM remembers every namespace for good. */
    private static final class FewNamespaces extends XMLFilterImpl {

        private final Set<String> declared = new HashSet<>();

        FewNamespaces(XMLReader reader) {
            super(reader);
        }

        @Override
        public void startDocument() throws SAXException {
            declared.clear();
            super.startDocument();
        }

        @Override
        public void startPrefixMapping(String prefix, String uri) throws SAXException {
            declared.add(prefix + " " + uri);
            if (declared.size() > MOST_NAMESPACES) {
                throw new SAXException("more than " + MOST_NAMESPACES + " namespaces");
            }
            super.startPrefixMapping(prefix, uri);
        }
    }
}
