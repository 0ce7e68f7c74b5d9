package dev.vitals.health.monitor.history;

/** What a chunk is made of. */
sealed interface Entry permits KeptResult, Minute, SeriesMinute {}
