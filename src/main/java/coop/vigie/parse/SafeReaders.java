package coop.vigie.parse;

import java.io.StringReader;
import javax.xml.XMLConstants;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import org.jdom2.JDOMException;
import org.jdom2.input.sax.XMLReaderJDOMFactory;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.XMLReader;

/** Makes XML readers that refuse every DOCTYPE and open nothing. */
final class SafeReaders implements XMLReaderJDOMFactory {

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
            reader.setEntityResolver((publicId, systemId) -> new InputSource(new StringReader("")));
            return reader;
        } catch (ParserConfigurationException | SAXException e) {
            throw new JDOMException("This Java cannot make a safe XML reader.", e);
        }
    }

    @Override
    public boolean isValidating() {
        return false;
    }
}
