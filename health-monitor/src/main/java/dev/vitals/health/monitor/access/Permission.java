package dev.vitals.health.monitor.access;

/** A permission that a request needs. */
public enum Permission {
    /** Nothing. */
    PUBLIC,
    /** To read targets, their history, gates and settings. */
    VIEW,
    /** To register, deregister and report instances. */
    REGISTER,
    /** To change gates, maintenance windows, silences and host checks. */
    OPERATE,
    /** To change channels, rules, tokens, users and keys, and to read the audit log. */
    ADMIN
}
