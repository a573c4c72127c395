// When two amounts count as equal; as in `iiv_course/signaling/domain.py`.

/** Amounts that differ by less than this share are a tie. Ties go to equilibria. */
const TIE = 1e-12;

export const atMost = (value: number, limit: number): boolean => value <= limit * (1 + TIE);
export const atLeast = (value: number, limit: number): boolean => value >= limit * (1 - TIE);
