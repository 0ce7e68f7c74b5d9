package dev.vitals.health.monitor.channel;

import java.util.List;

/** The types of channels that use HTTP. */
public final class HttpChannels {
    /** All of them. */
    public static final List<ChannelType> TYPES = List.of(
            new WebhookType(),
            new SlackType(),
            new TeamsType(),
            new NtfyType(),
            new PagerDutyType(),
            new AlertmanagerType());

    private HttpChannels() {}
}
