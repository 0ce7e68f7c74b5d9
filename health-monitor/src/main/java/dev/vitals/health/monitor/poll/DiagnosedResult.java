package dev.vitals.health.monitor.poll;

import dev.vitals.health.monitor.model.PollResult;
import dev.vitals.health.monitor.net.ExchangeResult;
import org.jspecify.annotations.Nullable;

/**
 * What one poll found, with all that is known of the way there.
 *
 * @param result what it means for the target
 * @param contact how far the connection came, and how long each phase took; null for what is not reached over the network
 */
public record DiagnosedResult(PollResult result, @Nullable ExchangeResult contact) {}
