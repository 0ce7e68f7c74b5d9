package dev.vitals.health.monitor.access;

/** What a request needs to be admitted. */
public enum Permission {
    /** Nothing. */
    PUBLIC,
    /** To read targets, their history, gates and settings. */
    VIEW,
    /** To register, deregister and report instances. */
    REGISTER,
    /** To change gates, maintenance windows, silences and host checks. */
    OPERATE,
    /** To change tokens, users and keys, and to read the audit log. */
    ADMIN
}
