package coop.vigie.source;

import coop.vigie.notice.EmailAddress;
import coop.vigie.notice.SourceId;
import java.util.List;
import java.util.Optional;

/**
 * All that {@code feeds.yaml} says.
 *
 * @param contact as written: how a source's owner reaches us; goes into the User-Agent, so it is one line of ASCII
 * @param contactMail the mail address in it; the default sender
 * @param sources in the order of the file, the disabled ones too; ids are unique
 */
public record Catalogue(String contact, EmailAddress contactMail, List<Source> sources) {

    public Catalogue {
        sources = List.copyOf(sources);
    }

    /** Those that a round reads. */
    public List<Source> enabled() {
        return sources.stream().filter(Source::enabled).toList();
    }

    public Optional<Source> find(SourceId id) {
        return sources.stream().filter(source -> source.id().equals(id)).findFirst();
    }
}
