package coop.vigie.match;

import java.util.List;

/** A call that a profile wants, with the reasons, of which there may be none when only exclusions and kinds decided. */
public record Match(String callId, List<Reason> reasons) {

    public Match {
        reasons = List.copyOf(reasons);
    }
}
