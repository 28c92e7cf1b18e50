package coop.vigie.watch;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * A source's past.
 *
 * @param visits the last ones, the oldest first
 * @param newsDays on which something new came, the oldest first, each once; in the source's own zone
 */
public record History(List<Visited> visits, List<LocalDate> newsDays) {

    public History {
        visits = List.copyOf(visits);
        newsDays = List.copyOf(newsDays);
    }

    boolean hasDelivered() {
        return !newsDays.isEmpty() || visits.stream().anyMatch(visit -> visit.items() > 0);
    }

    /**
     * The visits that saw what the source has to say. One that found nothing changed saw what the one before it saw; one that
     * failed without seeing the document saw nothing.
     */
    List<Visited> looks() {
        List<Visited> looks = new ArrayList<>();
        for (Visited visit : visits) {
            if (visit.answer() == Visited.Answer.UNCHANGED) {
                if (!looks.isEmpty()) {
                    Visited seen = looks.getLast();
                    looks.add(new Visited(visit.at(), seen.answer(), seen.items(), 0, seen.sign(), seen.message()));
                }
            } else if (visit.good() || visit.sign().isPresent()) {
                looks.add(visit);
            }
        }
        return looks;
    }
}
