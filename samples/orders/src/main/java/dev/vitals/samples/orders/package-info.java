/** An order service: takes orders, keeps them in a database, reserves stock with the inventory service. */
@NullMarked
package dev.vitals.samples.orders;

import org.jspecify.annotations.NullMarked;
