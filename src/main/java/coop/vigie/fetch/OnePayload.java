package coop.vigie.fetch;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A single document, in memory until it is handed out. */
final class OnePayload implements PayloadSource {

    private @Nullable Payload payload;

    OnePayload(Payload payload) {
        this.payload = payload;
    }

    @Override
    public @Nullable Payload next(List<Skipped> skipped) {
        Payload next = payload;
        payload = null;
        return next;
    }
}
