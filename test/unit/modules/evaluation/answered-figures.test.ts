import { describe, expect, it } from 'vitest'
import { type AnsweredAnswer, type AnsweredNeed, answeredFigures } from '../../../../src/modules/evaluation/index.js'

const need = (id: string, answered: boolean, firms?: string[]): AnsweredNeed => ({
  ...{ id, services: ['e-invoice'], answered, text: { english: id } },
  ...(firms && { firms }),
})

const answer = (asked: AnsweredNeed, nobody: boolean, ranking: string[] = []): AnsweredAnswer => ({
  ...{ need: asked, voice: 'english', ranking, nobody },
})

describe('the figures of needs that are answered or not', () => {
  const [other, another, ours] = [need('other', false), need('another', false), need('ours', true)]

  it('hold "nobody" against both kinds, each by itself', () => {
    const said = [answer(other, true), answer(other, true), answer(another, false), answer(another, true)]
    const figures = answeredFigures([...said, answer(ours, true), answer(ours, false)])
    expect(figures).toMatchObject({ needs: 3, tellings: 6, nobodyRecall: 0.75, nobodyFalse: 0.5 })
  })

  it('are none where there is nothing to take a share of', () => {
    expect(answeredFigures([answer(ours, false)])).toMatchObject({ nobodyRecall: null, nobodyFalse: 0, first: null })
    expect(answeredFigures([answer(other, false)])).toMatchObject({ nobodyRecall: 0, nobodyFalse: null })
  })

  it('count any firm that does it, first and among the first three, of the needs whose firms are known', () => {
    const known = need('known', true, ['a', 'b'])
    const ranked = [['b', 'c'], ['c', 'd', 'a'], ['c', 'd', 'e', 'a'], []].map((ids) => answer(known, false, ids))
    const figures = answeredFigures([...ranked, answer(ours, false, ['a']), answer(other, false, ['a'])])
    expect(figures).toMatchObject({ first: 0.25, firstThree: 0.5 })
  })
})
