package coop.vigie.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.naming.NamingException;

/**
 * What the sender's domain owes to those who receive its mail: which servers may send for it (SPF, RFC 7208), a signature
 * (DKIM, RFC 6376), and what to do with mail that has neither (DMARC, RFC 7489).
 */
final class Sender {

    private final String domain;
    private final NameRecords records;

    Sender(String domain, NameRecords records) {
        this.domain = domain;
        this.records = records;
    }

    /** Each duty in plain words. */
    List<Finding> explain() {
        return List.of(
                Finding.ok("spf.duty", domain), Finding.ok("dkim.duty", domain), Finding.ok("dmarc.duty", domain));
    }

    /** Each duty, and whether its record is there. */
    List<Finding> look() {
        List<Finding> findings = new ArrayList<>();
        findings.add(record("spf", domain, "v=spf1"));
        findings.add(Finding.ok("dkim.duty", domain));
        findings.add(record("dmarc", "_dmarc." + domain, "v=dmarc1"));
        return findings;
    }

    private Finding record(String duty, String name, String start) {
        try {
            List<String> found = records.texts(name).stream()
                    .filter(text -> text.toLowerCase(Locale.ROOT).startsWith(start))
                    .toList();
            return switch (found.size()) {
                case 0 -> Finding.warning(duty + ".missing", domain);
                case 1 -> Finding.ok(duty + ".found", domain, found.getFirst());
                // Receivers then take neither (RFC 7208, section 4.5; RFC 7489, section 6.6.3).
                default -> Finding.warning(duty + ".several", domain, found.size());
            };
        } catch (NamingException nobodyAnswers) {
            return Finding.warning(duty + ".unknown", name, nobodyAnswers.getMessage());
        }
    }
}
