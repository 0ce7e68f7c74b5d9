/** An inventory service: knows what lies on the shelf, puts it aside for orders, and can be broken on purpose. */
@NullMarked
package dev.vitals.samples.inventory;

import org.jspecify.annotations.NullMarked;
