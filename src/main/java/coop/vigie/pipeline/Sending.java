package coop.vigie.pipeline;

import coop.vigie.deliver.TransportDown;
import java.util.List;
import java.util.Optional;

/**
 * What one run of sending brought.
 *
 * @param messages all that were to go out, each once
 * @param down why the run could not go on; empty if it did
 */
public record Sending(List<Sent> messages, Optional<TransportDown> down) {

    public Sending {
        messages = List.copyOf(messages);
    }
}
