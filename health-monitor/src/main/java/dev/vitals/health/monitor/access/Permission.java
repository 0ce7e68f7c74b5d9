package dev.vitals.health.monitor.access;

/** What a request needs to be let through. */
public enum Permission {
    /** Nothing. */
    PUBLIC,
    /** To see what is watched. */
    VIEW,
    /** To register and deregister instances. */
    REGISTER,
    /** To change what is watched: gates, silences, hosts. */
    OPERATE,
    /** To change who may do what. */
    ADMIN
}
