/**
 * Places in a lock file whose package nothing vouches for. What comes inside the archive of another package
 * (`inBundle`) is vouched for by that one's integrity, and a link is a folder of ours.
 */
export function incomplete(packages) {
  return Object.entries(packages)
    .filter(([place, { integrity, link, inBundle }]) => place !== '' && !integrity && !link && !inBundle)
    .map(([place]) => place);
}
