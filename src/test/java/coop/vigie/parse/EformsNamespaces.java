package coop.vigie.parse;

import java.util.Iterator;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.namespace.NamespaceContext;

/** The usual prefixes of eForms, for XPaths. */
public final class EformsNamespaces implements NamespaceContext {

    private static final Map<String, String> BY_PREFIX = Map.of(
            "cbc", "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2",
            "cac", "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2",
            "ext", "urn:oasis:names:specification:ubl:schema:xsd:CommonExtensionComponents-2",
            "efext", "http://data.europa.eu/p27/eforms-ubl-extensions/1",
            "efac", "http://data.europa.eu/p27/eforms-ubl-extension-aggregate-components/1",
            "efbc", "http://data.europa.eu/p27/eforms-ubl-extension-basic-components/1");

    @Override
    public String getNamespaceURI(String prefix) {
        return BY_PREFIX.getOrDefault(prefix, XMLConstants.NULL_NS_URI);
    }

    /** No XPath asks. */
    @Override
    public String getPrefix(String namespace) {
        throw new UnsupportedOperationException();
    }

    /** No XPath asks. */
    @Override
    public Iterator<String> getPrefixes(String namespace) {
        throw new UnsupportedOperationException();
    }
}
