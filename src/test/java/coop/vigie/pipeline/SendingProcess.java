package coop.vigie.pipeline;

import coop.vigie.config.Settings.Mail;
import coop.vigie.config.Settings.Tls;
import coop.vigie.deliver.Outbox;
import coop.vigie.deliver.SmtpTransport;
import coop.vigie.ledger.LedgerStore;
import coop.vigie.store.Database;
import coop.vigie.store.Schema;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The sending code alone, as a process to be killed: {@code FOLDER PORT}. */
final class SendingProcess {

    private SendingProcess() {}

    public static void main(String[] arguments) {
        var mail = new Mail(
                "127.0.0.1", Integer.parseInt(arguments[1]), Tls.NONE, null, null, null, null, null, null, null, false);
        try (Database members = Database.open(Path.of(arguments[0]), Schema.MEMBERS);
                var transport = new SmtpTransport(mail, "bounces@example.org")) {
            var delivery = new Delivery(
                    members,
                    new Outbox(members),
                    new LedgerStore(members),
                    transport,
                    new Pace(null, null),
                    new Delivery.RealTime(InstantSource.system(), pause -> {}, Duration.ZERO),
                    Instant.now());
            members.alone("sending", () -> {
                delivery.deliver(delivery.due(), sent -> {});
                return delivery;
            });
        }
    }
}
