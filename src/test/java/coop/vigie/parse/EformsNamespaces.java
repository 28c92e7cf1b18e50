package coop.vigie.parse;

import java.util.Iterator;
import javax.xml.XMLConstants;
import javax.xml.namespace.NamespaceContext;

/** The usual prefixes of eForms, for XPaths. */
public final class EformsNamespaces implements NamespaceContext {

    @Override
    public String getNamespaceURI(String prefix) {
        return EformsJson.NAMESPACES.getOrDefault(prefix, XMLConstants.NULL_NS_URI);
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
