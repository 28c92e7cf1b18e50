package coop.vigie.spine;

/** Entries of {@code feeds.yaml} and {@code groups.yaml}. */
final class Entries {

    /** A group with one profile that wants every call and tender, and one member who gave their consent. */
    static final String EVERYTHING = group("all", "query: \"*\"", member("anne@example.org", "fr"));

    private Entries() {}

    static String feed(String id, String url) {
        return """
                - id: %s
                  type: rss
                  url: "%s"
                  level: community
                  languages: [fr]
                  allow-private-network: true
                """.formatted(id, url);
    }

    /** @param folder relative to the home */
    static String notices(String id, String folder) {
        return """
                - id: %s
                  type: eforms
                  url: "file:%s"
                  level: federal
                """.formatted(id, folder);
    }

    /** @param profile keys of the one profile, in one line */
    static String group(String id, String profile, String... members) {
        return """
                - id: %s
                  name: { fr: "Groupe %1$s", nl: "Groep %1$s", en: "Group %1$s" }
                  profiles: [ { id: main, %s } ]
                  members:
                """.formatted(id, profile) + String.join("", members).indent(4);
    }

    static String member(String mail, String language) {
        return "- { mail: %s, language: %s, status: active, consent: { how: paper, date: 2026-10-01 } }%n"
                .formatted(mail, language);
    }
}
