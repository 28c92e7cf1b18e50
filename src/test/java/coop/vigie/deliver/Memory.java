package coop.vigie.deliver;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What an outbox would remember, in memory. */
final class Memory implements Notes {

    final Map<String, String> notes = new HashMap<>();
    final Map<String, String> receipts = new HashMap<>();

    @Override
    public Optional<String> noted(String messageId) {
        return Optional.ofNullable(notes.get(messageId));
    }

    @Override
    public void note(String messageId, String text) {
        notes.put(messageId, text);
    }

    @Override
    public Optional<String> lastReceipt(String recipient) {
        return Optional.ofNullable(receipts.get(recipient));
    }

    void sent(String recipient, Receipt receipt) {
        if (receipt instanceof Receipt.Accepted accepted) {
            receipts.put(recipient, accepted.answer());
        }
    }
}
