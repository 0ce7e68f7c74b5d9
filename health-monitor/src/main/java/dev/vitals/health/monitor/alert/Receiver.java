package dev.vitals.health.monitor.alert;

/**
 * Who gets a message.
 *
 * @param channel the name of the channel; {@link #MAIL} for the mail server that the monitor was started with
 * @param address the address within the channel, such as one of email; empty where the channel has one receiver
 */
public record Receiver(String channel, String address) {
    /** The channel of the addresses of registrations. */
    public static final String MAIL = "mail";

    /** Returns an address of email. */
    public static Receiver mail(String address) {
        return new Receiver(MAIL, address);
    }

    /** Returns the only receiver of a channel. */
    public static Receiver channel(String name) {
        return new Receiver(name, "");
    }

    /** Returns the receiver for people: the address, or the name of the channel. */
    @Override
    public String toString() {
        if (address.isEmpty()) {
            return channel;
        }
        return channel.equals(MAIL) ? address : channel + ":" + address;
    }
}
