package coop.vigie.doctor;

import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.InitialDirContext;

/** Text records of the domain name system. */
@FunctionalInterface
public interface NameRecords {

    /** The texts of a name; empty if it has none. @throws NamingException if nobody answers */
    List<String> texts(String name) throws NamingException;

    /** Asks the name servers that this machine uses. */
    @SuppressWarnings("BanJNDI") // DNS alone, and of that texts: nothing is deserialised
    NameRecords OF_THIS_MACHINE = name -> {
        @SuppressWarnings("JdkObsolete") // the type that JNDI takes
        var environment = new Hashtable<String, String>();
        environment.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
        environment.put("com.sun.jndi.dns.timeout.initial", "2000");
        environment.put("com.sun.jndi.dns.timeout.retries", "2");
        var context = new InitialDirContext(environment);
        try {
            Attribute found = context.getAttributes(name, new String[] {"TXT"}).get("TXT");
            List<String> texts = new ArrayList<>();
            for (int i = 0; found != null && i < found.size(); i++) {
                // A long text comes in quoted pieces, which belong together (RFC 7208, section 3.3).
                texts.add(String.valueOf(found.get(i)).replace("\" \"", "").replace("\"", ""));
            }
            return texts;
        } catch (NameNotFoundException none) {
            return List.of();
        } finally {
            context.close();
        }
    };
}
